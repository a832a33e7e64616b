/** Reads server-sent events from a stream of bytes, as the HTML standard defines them. */

export interface ServerSentEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** Parses a stream of server-sent events (HTML standard, section 9.2). */
export async function* readServerSentEvents(stream: NonNullable<Response['body']>): AsyncGenerator<ServerSentEvent> {
  let text = '';
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    // A line may end with CR, LF or both; the last CR may be half of an end.
    const blocks = text.replace(/\r\n|\r(?!$)/g, '\n').split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields: Record<string, string[]> = {};
      for (const line of block.split('\n')) {
        const [, name, value] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? [];
        if (name !== undefined) {
          fields[name] ??= [];
          fields[name].push(value ?? '');
        }
      }
      if (fields.data)
        yield { id: fields.id?.at(-1), event: fields.event?.at(-1) ?? 'message', data: fields.data.join('\n') };
    }
  }
}
