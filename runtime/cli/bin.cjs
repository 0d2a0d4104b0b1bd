"use strict";
void import("#cli/main.ts");
