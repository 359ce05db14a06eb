export interface Progress {
  say(what: string): void;
  done(count: number): void;
  end(): void;
}

/** Progress on stderr: one living line in a terminal, else a line every ten seconds, so that stdout stays the report. */
export function showProgress(total: number): Progress {
  const { stderr } = process;
  let first: number | null = null;
  let shown = -Infinity;
  const write = (line: string): void => {
    stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  return {
    say: write,
    done(count) {
      const now = performance.now();
      first ??= now; // what came before the first answer was loading
      if (now - shown < (stderr.isTTY ? 200 : 10_000) && count < total) return;
      shown = now;
      const secondsLeft = count < 2 ? null : Math.round(((now - first) / 1000 / (count - 1)) * (total - count));
      write(`${count} of ${total} items${secondsLeft === null ? '' : `, about ${secondsLeft} s left`}`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
