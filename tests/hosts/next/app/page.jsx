"use client";

import * as pkg from "codecatalyst-pat";
import { useEffect } from "react";
import { report } from "../report.mjs";

export default function Page() {
  useEffect(() => {
    globalThis.report = (host, ...args) => report(pkg, host, args);
  }, []);
  return <h1>Checks</h1>;
}
