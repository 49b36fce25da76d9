// worker.mjs, by the paths of the server.

import { answerWith } from "/answer.mjs";
import * as pkg from "/codecatalyst-pat/index.js";
import { report } from "/report.mjs";

answerWith(pkg, report);
