import { AppError } from '../../../core/errors';
import type { Session, Tensor } from '../../../ml/session';

/** The outputs of a network for a batch, read row by row. */
export interface Outputs {
  /** Row `i` of an output, all its axes but the first flattened. @throws AppError 'model/run-failed' when it is missing or not finite */
  row(name: string, i: number): Float64Array;
}

function rowOf(outputs: Readonly<Record<string, Tensor>>, name: string, i: number): Float64Array {
  const tensor = outputs[name];
  const width = tensor?.shape.slice(1).reduce((product, size) => product * size, 1) ?? 0;
  const row = Float64Array.from({ length: width }, (_, k) => Number(tensor?.data[i * width + k]));
  if (width === 0 || !row.every(Number.isFinite)) throw new AppError('model/run-failed', `output ${name} is missing or not finite`);
  return row;
}

/** Runs a network that has one input. @throws AppError 'model/run-failed' */
export async function runNetwork(session: Session, input: Tensor): Promise<Outputs> {
  const { name: model, inputs } = session.manifest;
  try {
    const outputs = await session.run({ [inputs[0]?.name ?? 'input']: input });
    return { row: (name, i) => rowOf(outputs, name, i) };
  } catch (cause) {
    throw new AppError('model/run-failed', `${model} did not run`, { cause });
  }
}
