/** The handlers of a technology's endpoints, without HTTP: each makes an answer of a checked request. */
import type { EndpointAnswer, EndpointCall, EndpointContracts } from '../../contracts/common/endpoint-contract.ts';
import type { Jobs } from './jobs.ts';
import type { JobServices } from './working-kind.ts';

/** What handlers get from the API. */
export interface EndpointServices extends JobServices {
  readonly jobs: Jobs;
}

/** A method, so that the API can call the handlers of all endpoints alike. */
interface Endpoint<Call, Answer> {
  handle(call: Call): Answer;
}

/** A handler for each endpoint; the compiler refuses an endpoint without one. */
export type EndpointHandlers<Contracts extends EndpointContracts> = {
  readonly [Id in keyof Contracts]: Endpoint<EndpointCall<Contracts[Id]>, EndpointAnswer<Contracts[Id]>>['handle'];
};

/** A handler without the types of one endpoint */
export type AnyHandler = Endpoint<
  Pick<EndpointCall<unknown>, 'orgId' | 'params'> & { readonly query: unknown; readonly body: unknown },
  Promise<unknown>
>['handle'];
