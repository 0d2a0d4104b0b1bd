import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { TemporaryDirectory } from "./temporary-directory.ts";

/** For the `skip` option of a test: `false` where tmux is at hand. */
export const skipWithoutTmux: string | false =
  spawnSync("tmux", ["-V"]).status === 0 ? false : "needs a terminal: install tmux";

const PROMPT = "prompt>";
const LOOK_EVERY_MS = 50;
const HISTORY_LINES = "50000";

export interface TmuxTerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A real terminal with a shell in it, and what its screen shows. */
export class TmuxTerminal implements AsyncDisposable {
  readonly #folder = new TemporaryDirectory();
  /** Where `until` goes on to look. */
  #seen = 0;

  static async open(cwd: string, { columns, rows, env = process.env }: TmuxTerminalOptions): Promise<TmuxTerminal> {
    const terminal = new TmuxTerminal();
    const size = ["-x", String(columns), "-y", String(rows)];
    const settings = ["set-option", "-g", "history-limit", HISTORY_LINES];
    await terminal.#tmux([...settings, ";", "new-session", "-d", ...size, "-c", cwd, "sh"], env);
    await terminal.enter(`PS1='${PROMPT} '`);
    // It may stand behind the prompt before, if that came after the line was typed.
    await terminal.until(new RegExp(`^([#$] )?${PROMPT}$`, "m"));
    return terminal;
  }

  /** Types a line and presses Enter. */
  async enter(line: string): Promise<void> {
    await this.#tmux(["send-keys", "-l", line]);
    await this.#tmux(["send-keys", "Enter"]);
  }

  async pressCtrlC(): Promise<void> {
    await this.#tmux(["send-keys", "C-c"]);
  }

  /** All that was shown and all that is, without spaces at the ends of lines. */
  async text(): Promise<string> {
    return await this.#tmux(["capture-pane", "-p", "-S", "-"]);
  }

  /** Resolves once what came after the last match matches. Rejects, with what is shown, when the time is over. */
  async until(pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
    const endAt = performance.now() + timeoutMs;
    for (;;) {
      const text = await this.text();
      const match = pattern.exec(text.slice(this.#seen));
      if (match) {
        this.#seen += match.index + match[0].length;
        return match;
      }
      if (performance.now() > endAt) throw new Error(`waited in vain for ${pattern}:\n${text}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  /** The shell waits for a command. */
  async untilPrompt(timeoutMs: number): Promise<void> {
    await this.until(new RegExp(`^${PROMPT}\\s*$(?![^])`, "m"), timeoutMs);
  }

  /** Of the shell. */
  async pid(): Promise<number> {
    return Number(await this.#tmux(["display-message", "-p", "#{pane_pid}"]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux(["kill-server"]);
    this.#folder[Symbol.dispose]();
  }

  /** A server of its own, with no settings but ours, that takes every character. */
  #tmux(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
    const all = ["-u", "-S", join(this.#folder.path, "socket"), "-f", "/dev/null", ...args];
    return new Promise((resolve, reject) => {
      execFile("tmux", all, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`tmux ${args.join(" ")}: ${stderr || error.message}`));
        else resolve(stdout);
      });
    });
  }
}
