import { after, afterEach } from "node:test";
import { InformdProcess } from "./informd-process.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";

export interface HandlersOfEachTest {
  /** Empty when a test begins. */
  readonly handlers: TemporaryDirectory;
  /** Runs `informd start` on `files`. It is stopped when the test is over. */
  readonly run: (
    kubeconfig: string,
    files: Readonly<Record<string, string>>,
    ...flags: readonly string[]
  ) => InformdProcess;
}

/** For a suite whose tests each run handlers of their own. */
export function handlersOfEachTest(): HandlersOfEachTest {
  const handlers = new TemporaryDirectory();
  let informd: InformdProcess | undefined;
  afterEach(async () => {
    await informd?.stop();
    handlers.clear();
  });
  after(() => handlers[Symbol.dispose]());
  return {
    handlers,
    run(kubeconfig, files, ...flags) {
      for (const [name, content] of Object.entries(files)) handlers.write(name, content);
      const args = ["start", "--kubeconfig", kubeconfig, "--handlers", handlers.path, ...flags];
      informd = new InformdProcess(args, { cwd: handlers.path });
      return informd;
    },
  };
}
