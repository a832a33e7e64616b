import { Alert, Anchor, Button, Code, List, Text } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { ApiError, ConnectionError } from '../../../src/client/index.ts';

/** Says what went wrong and what to do, by the problem that the API has answered. */
export function Fault({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTranslations('common');
  const problem = error instanceof ApiError ? error.problem : undefined;
  const title =
    problem?.title ??
    (error instanceof ConnectionError ? t('connection') : t('unknownFault', { message: String(error) }));
  return (
    <Alert color="red" title={title} role="alert">
      {problem?.detail && <Text size="sm">{problem.detail}</Text>}
      {problem?.fix && <Text size="sm">{problem.fix}</Text>}
      {problem?.errors && (
        <List size="sm">
          {problem.errors.map(({ pointer, message }) => (
            <List.Item key={`${pointer} ${message}`}>
              <Code>{pointer}</Code> {message}
            </List.Item>
          ))}
        </List>
      )}
      {problem && (
        <Anchor size="sm" href={`/docs/errors/${problem.code}`}>
          {problem.code}
        </Anchor>
      )}
      {onRetry && (
        <Button size="xs" mt="sm" variant="default" onClick={onRetry} display="block">
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
