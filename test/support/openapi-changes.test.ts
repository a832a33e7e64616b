import { describe, expect, test } from '@jest/globals';
import { breakingChanges, type OpenApi, unnamed } from './openapi-changes.ts';

const body = (schema: object) => ({ content: { 'application/json': { schema } } });
const object = (properties: object, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };

/** An API of one operation and one webhook. */
function api({
  answer = object({
    id: text,
    kind: { type: 'string', enum: ['solar', 'wind'] },
    parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
  }) as object,
  request = object({ name: text, note: text }, ['name']) as object,
  part = object({ size_m: { type: 'number' } }) as object,
  parameters = [{ name: 'limit', in: 'query', required: false, schema: { type: 'integer' } }] as object[],
  event = object({ id: text }) as object,
} = {}): OpenApi {
  return JSON.parse(
    JSON.stringify({
      paths: {
        '/v1/things': {
          post: {
            operationId: 'createThing',
            parameters,
            requestBody: body(request),
            responses: { 201: body(answer), 422: body(text) },
          },
        },
      },
      webhooks: {
        'thing.made': { post: { operationId: 'onThing', requestBody: body(event), responses: { 200: {} } } },
      },
      components: { schemas: { Part: part } },
    }),
  );
}

describe('what breaks clients', () => {
  const before = api();
  const changesOf = (changes: Parameters<typeof api>[0]) => breakingChanges(before, api(changes));
  const kind = { type: 'string', enum: ['solar', 'wind'] };
  const parts = { type: 'array', items: { $ref: '#/components/schemas/Part' } };

  test('nothing, where nothing changes or something is added', () => {
    expect(breakingChanges(before, before)).toEqual([]);
    const more = { type: 'string', enum: ['solar', 'wind', 'battery'] };
    expect(
      changesOf({
        answer: object({ id: text, kind: more, parts, added: text }),
        request: object({ name: text, note: text, more: text }, ['name']),
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'number' } },
          { name: 'cursor', in: 'query', schema: text },
        ],
      }),
    ).toEqual([]);
  });

  test.each<[string, Parameters<typeof api>[0], string, string]>([
    ['an answer loses a field', { answer: object({ id: text, kind }) }, 'parts', 'createThing 201.parts is gone'],
    [
      'a component loses one',
      { part: object({ width_m: { type: 'number' } }) },
      'size_m',
      'createThing 201.parts[].size_m is gone',
    ],
    [
      'a field may be absent',
      { answer: object({ id: text, kind, parts }, ['id', 'kind']) },
      'parts',
      'createThing 201.parts may be absent from answers',
    ],
    [
      'an enum shrinks',
      { answer: object({ id: text, kind: { type: 'string', enum: ['solar'] }, parts }) },
      'wind',
      'createThing 201.kind no longer has the value "wind"',
    ],
    [
      'an enum becomes a constant',
      { answer: object({ id: text, kind: { type: 'string', const: 'wind' }, parts }) },
      'solar',
      'createThing 201.kind no longer has the value "solar"',
    ],
    [
      'a type changes',
      { answer: object({ id: { type: 'number' }, kind, parts }) },
      'id',
      'createThing 201.id is no longer string',
    ],
    [
      'a request gains a required field',
      { request: object({ name: text, note: text, more: text }, ['name', 'more']) },
      'more',
      'createThing body.more is required in requests',
    ],
    [
      'an optional one becomes required',
      { request: object({ name: text, note: text }) },
      'note',
      'createThing body.note is required in requests',
    ],
    ['a request loses a field', { request: object({ name: text }) }, 'note', 'createThing body.note is gone'],
    ['a parameter goes', { parameters: [] }, 'limit', 'createThing query limit is gone'],
    [
      'a parameter is required',
      { parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' } }] },
      'limit',
      'createThing query limit is required in requests',
    ],
    ['an event loses a field', { event: object({}) }, 'id', 'onThing body.id is gone'],
  ])('%s', (_, changes, name, what) => {
    expect(changesOf(changes)).toMatchObject([{ name, what }]);
  });

  test('a variant goes from a union', () => {
    const union = (...names: string[]) => ({
      oneOf: names.map((name) => object({ type: { type: 'string', const: name }, size: { type: 'number' } })),
    });
    const [old, fewer] = [api({ request: union('a', 'b') }), api({ request: union('b') })];
    expect(breakingChanges(old, fewer)).toMatchObject([
      { name: 'type a', what: 'createThing body is no longer type a' },
    ]);
    const one = object({ type: { type: 'string', const: 'b' }, size: { type: 'number' } });
    expect(breakingChanges(old, api({ request: one }))).toHaveLength(1);
    expect(breakingChanges(api({ request: one }), old)).toEqual([]);
  });

  test('nothing, where an answer is always one of its former variants; a request that loses the others breaks', () => {
    const kinds = ['fixed', 'roof'].map((kind) => object({ kind: { const: kind }, tilt_deg: { type: 'number' } }));
    const [before, after] = [{ oneOf: kinds }, kinds[0]];
    expect(breakingChanges(api({ answer: before }), api({ answer: after }))).toEqual([]);
    const worse = { ...after, properties: { kind: { const: 'fixed' } } };
    expect(breakingChanges(api({ answer: before }), api({ answer: worse }))).toMatchObject([{ name: 'tilt_deg' }]);
    expect(breakingChanges(api({ request: before }), api({ request: after }))).toMatchObject([{ name: 'kind roof' }]);
  });

  test('of values, one goes', () => {
    const values = (...all: number[]) => ({ anyOf: all.map((value) => ({ type: 'number', const: value })) });
    const [old, fewer] = [api({ request: values(3, 5, 7) }), api({ request: values(3, 7) })];
    expect(breakingChanges(old, old)).toEqual([]);
    expect(breakingChanges(old, fewer)).toMatchObject([{ name: '5', what: 'createThing body is no longer 5' }]);
  });

  test('of lists of one type, one goes', () => {
    const list = (minItems: number) => ({ type: 'array', items: { type: 'number' }, minItems });
    const [old, fewer] = [api({ request: { anyOf: [list(1), list(2)] } }), api({ request: { anyOf: [list(1)] } })];
    expect(breakingChanges(old, old)).toEqual([]);
    expect(breakingChanges(old, fewer)).toMatchObject([
      { name: 'array 2', what: 'createThing body is no longer array 2' },
    ]);
  });

  test('an operation, a status or a media type goes', () => {
    const gone = breakingChanges(before, { ...before, paths: {} });
    expect(gone).toMatchObject([{ name: '/v1/things', what: 'createThing (POST /v1/things) is gone' }]);
    const changed = api();
    const operation = changed.paths['/v1/things'].post;
    const other = { ...operation, responses: { 200: operation.responses[201] } };
    expect(breakingChanges(before, { ...changed, paths: { '/v1/things': { post: other } } })).toMatchObject([
      { name: 'createThing', what: 'createThing no longer answers 201' },
    ]);
  });

  test('schemas that contain themselves are compared once', () => {
    const nested = (key: string) => object({ [key]: text, inner: { $ref: '#/components/schemas/Part' } });
    const changes = breakingChanges(api({ part: nested('a') }), api({ part: nested('b') }));
    expect(changes).toMatchObject([{ name: 'a', what: 'createThing 201.parts[].a is gone' }]);
  });

  test('variants are distinguished by a constant that has another name now', () => {
    const union = (tag: string, size: string) => ({
      oneOf: [true, false].map((value) => object({ [tag]: { type: 'boolean', const: value }, [size]: text })),
    });
    const changes = breakingChanges(
      api({ answer: union('complete', 'size') }),
      api({ answer: union('is_complete', 'n') }),
    );
    expect(changes.map(({ what, others }) => [what, others])).toEqual([
      ['createThing 201.complete is gone', ['is_complete', 'n']],
      ['createThing 201.size is gone', ['is_complete', 'n']],
    ]);
  });
});

describe('the changelog announces', () => {
  const changelog = (row: string, list = '') =>
    `# Log\n\n## 2.0.0\n### Added\n- \`note\`\n\n### Removed\n${list}\n### Names\n| before | now |\n|---|---|\n${row}\n\n## 1.0.0\n| \`id\` | \`key\` |\n`;
  const renamed = breakingChanges(api(), api({ request: object({ name: text, part: object({ remark: text }) }, []) }));
  const open = (row: string, list?: string) => unnamed(renamed, changelog(row, list)).map(({ name }) => name);

  test('a name that is gone, in the first column, where its object has the new one', () => {
    expect(open('| `note` | `part.remark` |')).toEqual([]);
    expect(open('| `thing.note` | `remark`, `part` |')).toEqual([]);
    expect(open('| `note` | `text` |')).toEqual(['note']);
    expect(open('| `name` | `part` |')).toEqual(['note']);
    expect(open('| `part` | `note` |')).toEqual(['note']);
    expect(open('')).toEqual(['note']);
  });

  test('a name that requests need, in the second column', () => {
    const needed = breakingChanges(api(), api({ request: object({ name: text, remark: text }) }));
    expect(needed.map(({ what }) => what)).toEqual([
      'createThing body.note is gone',
      'createThing body.remark is required in requests',
    ]);
    expect(unnamed(needed, changelog('| `note` | `remark` |'))).toEqual([]);
    expect(unnamed(needed, changelog('| `remark` | `note` |'))).toHaveLength(2);
  });

  test('any other change, in the words of the comparison', () => {
    expect(open('', '- `createThing body.note\n  is gone`.\n')).toEqual([]);
    expect(open('', '- `note`, `createThing`\n')).toEqual(['note']);
  });

  test('nothing by an older section', () => {
    const gone = breakingChanges(api(), api({ event: object({ key: text }) }));
    expect(unnamed(gone, changelog(''))).toMatchObject([{ name: 'id' }]);
  });
});
