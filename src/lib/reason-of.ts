/** Returns why something failed, on one line: the message of the error and of its causes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, name, cause } = error;
  const { code, errors, fix } = error as { code?: unknown; errors?: readonly unknown[]; fix?: string };
  // Node's error of a refused connection has no message, but one error for each address.
  const own = (message || (errors ? [...new Set(errors.map(reasonOf))].join('; ') : String(code ?? name)))
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
  const inner = cause === undefined ? '' : reasonOf(cause);
  return [inner && !own.includes(inner) ? `${own}: ${inner}` : own, ...(fix ? [fix] : [])].join('. ');
}
