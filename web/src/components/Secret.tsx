import { Button, Code, CopyButton, Group, Paper, Text, Title } from '@mantine/core';
import { useTranslations } from 'use-intl';

/** A secret that is shown once. */
export function Secret({
  title,
  secret,
  onDone,
}: {
  readonly title: string;
  readonly secret: string;
  readonly onDone: () => void;
}) {
  const t = useTranslations('common');
  return (
    <Paper withBorder p="md" role="status">
      <Title order={3} size="h5">
        {title}
      </Title>
      <Text size="sm">{t('secretOnce')}</Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Group mt="sm">
        <CopyButton value={secret}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? t('copied') : t('copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t('done')}
        </Button>
      </Group>
    </Paper>
  );
}
