/** Asks the engine in the browser; of several questions of one asker only the newest is worth an answer. */
import type { FarmEnergy, FarmFlow } from '../../../src/services/wind/live-farm.ts';
import type { Question } from './worker.ts';

type Asked = Question extends infer One ? (One extends Question ? Omit<One, 'id'> : never) : never;
type AnswerOf<Kind extends Question['kind']> = Kind extends 'energy' ? FarmEnergy : FarmFlow;
interface Answered {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();

function started(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: { id, answer, error } }: MessageEvent<Answered>): void => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(error));
  };
  return worker;
}

export function askEngine<Question extends Asked>(question: Question): Promise<AnswerOf<Question['kind']>> {
  const id = ++last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    started().postMessage({ ...question, id });
  });
}
