const pkg = require("codecatalyst-pat");

import("./report.mjs")
  .then(({ report }) => report(pkg, `Node ${process.version}`, process.argv))
  .then(console.log);
