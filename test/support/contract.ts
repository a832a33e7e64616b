/**
 * Holds every answer that a test gets from a running API against the OpenAPI document that it serves: status, media type, and
 * the body by its schema, in which unknown names are errors.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const NAME = 'openapi.json';
const PROBLEM = 'application/problem+json';
const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

class Contract {
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, discriminator: false });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #paths: readonly (readonly [RegExp, string])[];

  constructor(document: Document) {
    this.#document = document;
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, NAME);
    // A fixed name goes before a parameter in its place, as in the router.
    this.#paths = Object.keys(document.paths)
      .sort((a, b) => (a.replaceAll('{', '\uffff') < b.replaceAll('{', '\uffff') ? -1 : 1))
      .map((path) => [new RegExp(`^${path.replace(/[.+*?^$()[\]\\|]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`), path]);
  }

  /** @returns what is wrong with an answer, or undefined */
  async breach(method: string, path: string, response: Response): Promise<string | undefined> {
    // A slash at the end changes nothing, and HEAD is GET without a body.
    const template = this.#paths.find(([pattern]) => pattern.test(path.replace(/\/$/, '')))?.[1];
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = template === undefined ? undefined : this.#document.paths[template][verb];
    const media = response.headers.get('content-type')?.split(';')[0];
    const at = `${method} ${template ?? path} answered ${response.status} ${media ?? ''}`;
    if (!response.headers.get('x-request-id')) return `${at} without X-Request-Id`;
    if (!operation) {
      if (!path.startsWith('/v1/')) return undefined; // pages
      if (media !== PROBLEM) return `${at}; nothing is declared there`;
      return this.#invalid(`${NAME}#/components/schemas/Problem`, at, await response.clone().json());
    }
    const declared = operation.responses[response.status];
    if (!declared) return `${at}, which it does not declare`;
    if (!declared.content) return media === undefined ? undefined : `${at}; declared is no body`;
    if (media === undefined || !(media in declared.content)) return `${at}, a media type that it does not declare`;
    if (!media.endsWith('json') || method === 'HEAD') return undefined;
    const pointer = ['paths', template!, verb, 'responses', String(response.status), 'content', media];
    const schema = `${NAME}#/${[...pointer, 'schema'].map(escaped).join('/')}`;
    return this.#invalid(schema, at, await response.clone().json());
  }

  #invalid(schema: string, at: string, body: unknown): string | undefined {
    let validate = this.#validators.get(schema);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: schema });
      this.#validators.set(schema, validate);
    }
    if (validate(body)) return undefined;
    // Of the branches of a union, the one that fits best fails deepest.
    const depth = (place: string): number => place.split('/').length;
    const deepest = Math.max(...validate.errors!.map(({ instancePath }) => depth(instancePath)));
    const faults = validate
      .errors!.filter(({ instancePath }) => depth(instancePath) === deepest)
      .slice(0, 4)
      .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
    return `${at}, but its body breaks the declared schema: ${faults.join('; ')}`;
  }
}

/**
 * From now on `fetch` checks every answer of an API; a breach fails the call that got it.
 * @returns undoes it, and fails if there was a breach that the test did not notice
 */
export function checkAnswers(base: string): () => void {
  const plain = globalThis.fetch;
  const breaches: string[] = [];
  let contract: Promise<Contract | undefined> | undefined;
  globalThis.fetch = async (input, init) => {
    const response = await plain(input, init);
    const address = new URL(input instanceof Request ? input.url : String(input));
    if (address.origin !== base) return response;
    contract ??= plain(`${base}/openapi.json`).then(async (answer) =>
      answer.ok ? new Contract((await answer.json()) as Document) : undefined,
    );
    const declared = await contract;
    // A process that waits for its parts has no document yet, and answers 503.
    if (declared === undefined) contract = undefined;
    const breach = await declared?.breach(init?.method ?? 'GET', address.pathname, response);
    if (breach === undefined) return response;
    breaches.push(breach);
    throw new Error(breach);
  };
  return () => {
    globalThis.fetch = plain;
    if (breaches.length > 0) throw new Error(breaches.join('\n'));
  };
}
