/** Condenses tap's raw output as it comes: a line for each file, what failed in full, and what was skipped. */
export type Reporter = {
  /** Takes one line of TAP. */
  readonly line: (line: string) => void;
};

/** A reporter that writes to `print`. */
export const condense = (print: (line: string) => void): Reporter => {
  let pending: string[] = [];
  let failing = false;
  return {
    line: (line) => {
      const skipped = /^(\s*)ok \d+ - (.*?) # SKIP ?(.*)$/i.exec(line);
      if (skipped) print(`skipped: ${skipped[2]}${skipped[3] ? ` (${skipped[3]})` : ''}`);
      const ended = /^(not ok|ok) \d+ - (.*)$/.exec(line);
      if (ended) {
        failing = ended[1] === 'not ok';
        if (failing) for (const held of [...pending, line]) print(held);
        else if (!skipped) print(`ok ${ended[2]}`);
        pending = [];
      } else if (line.startsWith('# Subtest')) {
        failing = false;
        pending = [line];
      } else if (failing) {
        // The diagnosis of a failed file comes after its verdict.
        if (line.startsWith(' ')) print(line);
      } else {
        pending.push(line);
      }
    },
  };
};
