/** The workers that have a GPU: they write a row every few seconds, and requests ask which are there. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { GpuStart } from '../../contracts/jobs/jobs.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { GpuWorkerRow } from '../../adapters/database/tables/gpu-workers.ts';

/** Time between two signs of life of a worker [s] */
const SIGN_S = 5;
/** A worker whose last sign is older counts as gone [s]. */
const GONE_S = 20;
/** How long a job with compute auto waits for a worker that is busy, before the processor computes it [s] */
const AUTO_WAIT_S = 60;
/** How long a job with compute gpu waits at least, where a worker is there [s] */
const BUSY_WAIT_S = 3600;

/** What a request asks for: the fields of `computeFields`. */
interface Wish {
  readonly compute: 'auto' | 'cpu' | 'gpu';
  readonly gpu_wait_s: number;
}

/** What a job's kind knows about its work. */
interface DeviceWork {
  /** Name of the technology, by which workers store what they measured */
  readonly technology: string;
  /** Queue of the kind */
  readonly queue: string;
  /** Why no device can compute it; absent: it can */
  readonly obstacle?: string;
  /** Whether a device is faster that measured this at its start */
  isFaster(measured: unknown): boolean;
}

export class GpuWorkers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Returns the workers that are there. */
  present(): Promise<Pick<GpuWorkerRow, 'id' | 'device' | 'measures'>[]> {
    return this.#database.query(
      "SELECT id, device, measures FROM gpu_workers WHERE seen_at > now() - $1 * interval '1 second' ORDER BY id",
      [GONE_S],
    );
  }

  /**
   * Decides where a job runs.
   * @returns how it waits for a GPU worker; null: the processor computes it
   * @throws AppError `gpu.unavailable`, or `request.invalid` for work that no device can compute
   */
  async startOf({ compute, gpu_wait_s }: Wish, work: DeviceWork): Promise<GpuStart | null> {
    if (compute === 'cpu') return null;
    if (work.obstacle !== undefined) {
      if (compute === 'auto') return null;
      throw new AppError('request.invalid', `compute is gpu, and ${work.obstacle}`, {
        pointer: '/compute',
        fix: 'Leave compute out, or choose cpu.',
      });
    }
    const workers = await this.present();
    if (compute === 'auto')
      return workers.some(({ measures }) => work.isFaster(measures[work.technology]))
        ? { wait_s: AUTO_WAIT_S, otherwise: work.queue }
        : null;
    if (workers.length === 0 && gpu_wait_s === 0)
      throw new AppError('gpu.unavailable', 'compute is gpu, and no GPU worker is there', {
        pointer: '/compute',
        fix: 'Choose auto, or let the job wait by gpu_wait_s.',
      });
    return { wait_s: workers.length > 0 ? Math.max(gpu_wait_s, BUSY_WAIT_S) : gpu_wait_s };
  }

  /**
   * Writes this process's row and keeps it fresh, until the function that it returns removes it.
   * @param onError hears of a sign that could not be written; the next one is tried all the same
   */
  async announce(
    worker: Pick<GpuWorkerRow, 'id' | 'device' | 'measures'>,
    onError: (error: unknown) => void,
  ): Promise<() => Promise<void>> {
    const { id, device, measures } = worker;
    const sign = () =>
      this.#database.query(
        `INSERT INTO gpu_workers (id, device, measures, started_at, seen_at) VALUES ($1, $2, $3, now(), now())
         ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
        [id, JSON.stringify(device), JSON.stringify(measures)],
      );
    await this.#database.query("DELETE FROM gpu_workers WHERE seen_at < now() - interval '1 day'");
    await sign();
    const timer = setInterval(() => void sign().catch(onError), SIGN_S * 1000);
    return async () => {
      clearInterval(timer);
      await this.#database.query('DELETE FROM gpu_workers WHERE id = $1', [id]);
    };
  }
}
