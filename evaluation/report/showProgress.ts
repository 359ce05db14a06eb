export interface Progress {
  say(what: string): void;
  done(count: number): void;
  end(): void;
}

/** Progress on stderr: one living line in a terminal, else a line every ten seconds, so that stdout stays the report. */
export function showProgress(total: number): Progress {
  const { stderr } = process;
  const from = performance.now();
  let shown = -Infinity;
  const write = (line: string): void => {
    stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  return {
    say: write,
    done(count) {
      const now = performance.now();
      if (now - shown < (stderr.isTTY ? 200 : 10_000) && count < total) return;
      shown = now;
      const secondsLeft = Math.round(((now - from) / 1000 / count) * (total - count));
      write(`${count} of ${total} items, about ${secondsLeft} s left`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
