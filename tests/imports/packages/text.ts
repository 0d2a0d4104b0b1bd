import type { PackageUse } from "../package-use.ts";

/** Dates, versions, identifiers, templates and other text. */
export const TEXT: readonly PackageUse[] = [
  {
    name: "date-fns",
    code: `import { addDays, formatISO, differenceInHours } from "date-fns";
const start = new Date("2026-01-31T00:00:00Z");
export const use = () => [differenceInHours(addDays(start, 1), start), formatISO(start).slice(0, 7)];`,
    result: [24, "2026-01"],
  },
  {
    name: "dayjs",
    code: `import dayjs from "dayjs";
export const use = () => dayjs("2026-01-31").add(1, "month").format("YYYY-MM-DD");`,
    result: "2026-02-28",
  },
  {
    name: "luxon",
    code: `import { DateTime, Duration } from "luxon";
export const use = () => [DateTime.fromISO("2026-01-31T12:00:00Z", { zone: "Asia/Tokyo" }).hour, Duration.fromISO("PT90M").as("hours")];`,
    result: [21, 1.5],
  },
  {
    name: "moment",
    code: `import moment from "moment";
export const use = () => moment.utc("2026-01-31").add(1, "month").format("YYYY-MM-DD");`,
    result: "2026-02-28",
  },
  {
    name: "cron-parser",
    code: `import { CronExpressionParser } from "cron-parser";
export const use = () => CronExpressionParser.parse("0 3 * * 1", { currentDate: "2026-01-01T00:00:00Z", tz: "UTC" }).next().toISOString();`,
    result: "2026-01-05T03:00:00.000Z",
  },
  {
    name: "ms",
    code: `import ms from "ms";
export const use = () => [ms("2 days"), ms(60000)];`,
    result: [172_800_000, "1m"],
  },
  {
    name: "semver",
    code: `import semver from "semver";
export const use = () => [semver.satisfies("1.30.2", ">=1.29"), semver.rsort(["1.9.0", "1.10.0"])[0]];`,
    result: [true, "1.10.0"],
  },
  {
    name: "uuid",
    code: `import { v4, v5, validate } from "uuid";
export const use = () => [validate(v4()), v5("informd", v5.URL)];`,
    result: [true, "0760cc10-6ccb-5a9a-b8c9-03ee7d598fcb"],
  },
  {
    name: "nanoid",
    code: `import { nanoid, customAlphabet } from "nanoid";
export const use = () => [nanoid().length, /^[ab]{5}$/.test(customAlphabet("ab", 5)())];`,
    result: [21, true],
  },
  {
    name: "handlebars",
    code: `import Handlebars from "handlebars";
export const use = () => Handlebars.compile("{{#each pods}}{{name}};{{/each}}")({ pods: [{ name: "a" }, { name: "b" }] });`,
    result: "a;b;",
  },
  {
    name: "mustache",
    code: `import Mustache from "mustache";
export const use = () => Mustache.render("{{#pods}}{{name}};{{/pods}}", { pods: [{ name: "a" }, { name: "b" }] });`,
    result: "a;b;",
  },
  {
    name: "ejs",
    code: `import ejs from "ejs";
export const use = () => ejs.render("<% for (const pod of pods) { %><%= pod %>;<% } %>", { pods: ["a", "b"] });`,
    result: "a;b;",
  },
  {
    name: "nunjucks",
    code: `import nunjucks from "nunjucks";
export const use = () => nunjucks.renderString("{% for pod in pods %}{{ pod }};{% endfor %}", { pods: ["a", "b"] });`,
    result: "a;b;",
  },
  {
    name: "marked",
    code: `import { marked } from "marked";
export const use = () => marked.parse("**ready** \`web\`");`,
    result: "<p><strong>ready</strong> <code>web</code></p>\n",
  },
  {
    name: "chalk",
    code: `import { Chalk } from "chalk";
export const use = () => new Chalk({ level: 1 }).red("failed");`,
    result: "\u001B[31mfailed\u001B[39m",
  },
];
