/** Types that follow from the operations of the API: the options and the answer of each, jobs by their path, lists, uploads. */
import type { Downloads, Job, Operations } from './api.ts';
import type { Upload } from './files.ts';

/** Parameters in the query of an address. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type OperationName = keyof Operations;
/** Parameters and body of an operation. */
type Sent<Operation> = Omit<Operation, 'answer'>;
/** A last parameter that may be absent if none of its members is required. */
export type Last<Options> = Record<never, never> extends Options ? [options?: Options] : [options: Options];
export type OptionsOf<Operation, More> = Sent<Operation> & More;
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer'];

type PathsOf<Method extends string, Answer, Needed = unknown> = {
  [Name in OperationName]: Name extends `${Method} ${infer Path}`
    ? Operations[Name] extends { readonly answer: Answer } & Needed
      ? Path
      : never
    : never;
}[OperationName];

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly next_cursor: string | null;
}
/** Paths of lists. */
export type ListPath = PathsOf<'GET', Page<unknown>>;
export type ListOf<Path extends ListPath> = Operations[`GET ${Path}`];
export type ItemOf<Path extends ListPath> = ListOf<Path>['answer']['data'][number];

/** Paths that take a file. */
export type UploadPath = PathsOf<'POST', object, { readonly body: Upload }>;
export type UploadOf<Path extends UploadPath> = Operations[`POST ${Path}`];
export type UploadQuery<Path extends UploadPath> = Extract<
  UploadOf<Path> extends { readonly query?: infer Given } ? Given : never,
  Query
>;

/** Paths that start jobs. */
export type JobPath = PathsOf<'POST', Job, { readonly body: object }>;
export type JobRequest<Path extends JobPath> = Operations[`POST ${Path}`]['body'];
export type JobAt<Path extends JobPath> = Operations[`POST ${Path}`]['answer'];
export type JobKind = Job['kind'];
/** A job of a kind. */
export type JobOf<Kind extends JobKind> = Extract<Job, { readonly kind: Kind }>;

export type DownloadPath = keyof Downloads;
