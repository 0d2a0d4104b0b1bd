#!/usr/bin/env node
// CommonJS that old Node versions parse, so that they get an explanation instead of a syntax error.
"use strict";

const NEEDED_MAJOR = 26;
const major = Number(process.versions.node.split(".")[0]);

if (major < NEEDED_MAJOR) {
  process.stderr.write(
    "Cannot run informd: it needs Node " +
      NEEDED_MAJOR +
      " or newer, and this is Node " +
      process.versions.node +
      ". " +
      'Install it from https://nodejs.org, or for this project alone with "npm install --save-dev node@' +
      NEEDED_MAJOR +
      '".\n',
  );
  process.exitCode = 2;
} else {
  void import("#cli/main.ts");
}
