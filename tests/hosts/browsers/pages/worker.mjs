// The service worker, before it is bundled.

import * as pkg from "codecatalyst-pat";
import { report } from "../report.mjs";
import { answerWith } from "./answer.mjs";

answerWith(pkg, report);
