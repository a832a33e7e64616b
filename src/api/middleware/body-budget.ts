/**
 * Bounds the bodies that a process has in memory: they may arrive faster than threads read them. The bytes that have arrived
 * count, unpacked, until the answer has been sent; what a header announces does not. When there is no more room, the slowest
 * sender is refused first, then the organization that has most: nobody keeps others out by sending slowly.
 */
import { AppError } from '../../contracts/common/app-error.ts';

/** One organization has so much of the budget. */
const SHARE = 1 / 4;
/** A sender is slow if less than SLOW_BYTES arrive in SLOW_MS: 13 kB/s. */
const SLOW_BYTES = 64 * 1024;
const SLOW_MS = 5_000;

/** A body of which a part is in memory */
export interface HeldBody {
  /** Counts bytes that have arrived. It may refuse this body or others. */
  add(bytes: number): void;
  /** All of it has arrived: it is refused no more. */
  complete(): void;
  release(): void;
}

interface Body {
  readonly orgId: string;
  bytes: number;
  /** What had arrived when it was last seen to be fast, and when */
  mark: { readonly bytes: number; readonly ms: number };
  /** Ends the reading; absent once all has arrived */
  refuse?: (error: AppError) => void;
}

export class BodyBudget {
  readonly #mostBytes: number;
  /** The one that has been slow for longest comes first. */
  readonly #bodies = new Set<Body>();
  readonly #byOrganization = new Map<string, number>();
  #held = 0;

  /** @param mostBytes of all bodies */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** @param refuse ends the reading of the body with an error; it is called once at most */
  open(orgId: string, refuse: (error: AppError) => void): HeldBody {
    const body: Body = { orgId, bytes: 0, mark: { bytes: 0, ms: performance.now() }, refuse };
    this.#bodies.add(body);
    return {
      add: (bytes) => this.#add(body, bytes),
      complete: () => {
        body.refuse = undefined;
      },
      release: () => this.#release(body),
    };
  }

  #add(body: Body, bytes: number): void {
    if (!this.#bodies.has(body)) return; // refused or released
    this.#count(body, bytes);
    if (body.bytes - body.mark.bytes >= SLOW_BYTES) {
      body.mark = { bytes: body.bytes, ms: performance.now() };
      this.#bodies.delete(body);
      this.#bodies.add(body);
    }
    const own = this.#byOrganization.get(body.orgId) ?? 0;
    if (own > SHARE * this.#mostBytes) this.#refuse(body);
    while (this.#held > this.#mostBytes) this.#refuse(this.#victim(own) ?? body);
  }

  /** @param own what the organization has that needs room [bytes] */
  #victim(own: number): Body | undefined {
    const arriving = [...this.#bodies].filter(({ refuse, bytes }) => refuse && bytes > 0);
    const slow = arriving.find(({ mark }) => performance.now() - mark.ms > SLOW_MS);
    const of = ({ orgId }: Body): number => this.#byOrganization.get(orgId) ?? 0;
    return slow ?? arriving.filter((one) => of(one) > own).sort((a, b) => of(b) - of(a))[0];
  }

  #refuse(body: Body): void {
    const { refuse } = body;
    this.#release(body);
    refuse?.(
      new AppError('service.unavailable', 'Too many large bodies arrive at once', {
        retryAfterS: 5,
        fix: 'Send fewer at the same time.',
      }),
    );
  }

  #release(body: Body): void {
    if (this.#bodies.delete(body)) this.#count(body, -body.bytes);
  }

  #count(body: Body, bytes: number): void {
    body.bytes += bytes;
    this.#held += bytes;
    const own = (this.#byOrganization.get(body.orgId) ?? 0) + bytes;
    if (own > 0) this.#byOrganization.set(body.orgId, own);
    else this.#byOrganization.delete(body.orgId);
  }
}
