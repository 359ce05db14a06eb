import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { eceOf } from '../report/metrics';
import { reliabilityOf } from '../report/reliability';

const SHOWN = resolve(import.meta.dirname, '../../src/ui/lab/measured/reliability.json');
const USAGE =
  'npm run reliability -- --name <what the lab calls it> --on <data set and split> --json <file of npm run evaluate -- … --json>';

interface Report {
  readonly items: readonly { readonly label: string; readonly predicted: string | null; readonly confidence?: number | null }[];
}
interface Shown {
  readonly name: string;
}

/** Takes the reliability of one evaluation into the lab; one of the same name is replaced. */
export async function main(argv: readonly string[]): Promise<void> {
  const { text } = parseArguments(argv, { name: 'text', on: 'text', json: 'text' });
  const { name, on, json } = text;
  if (name === undefined || on === undefined || json === undefined) throw new UsageError(`Usage: ${USAGE}`);
  const { items } = JSON.parse(await readFile(resolve(json), 'utf8')) as Report;
  const answered = items.flatMap(({ label, predicted, confidence }) =>
    predicted !== null && typeof confidence === 'number' ? [{ confidence, isRight: predicted === label }] : [],
  );
  if (answered.length === 0) throw new UsageError(`${json} holds no answers with a confidence.`);
  const confidences = answered.map(({ confidence }) => confidence);
  const right = answered.map(({ isRight }) => isRight);
  const shown = JSON.parse(await readFile(SHOWN, 'utf8')) as readonly Shown[];
  const ece = Math.round((eceOf(confidences, right) ?? 0) * 10_000) / 10_000;
  const entry = { name, on, n: answered.length, ece, bins: reliabilityOf(confidences, right) };
  await writeFile(SHOWN, `${JSON.stringify([...shown.filter((other) => other.name !== name), entry], null, 2)}\n`);
  console.log(`${name}: ECE ${ece.toFixed(4)} over ${answered.length} answers`);
}
