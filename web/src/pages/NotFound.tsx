import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Page } from '../components/Page.tsx';

export function NotFound() {
  const t = useTranslations('common');
  return (
    <Page title="404">
      <Text>{t('notFound')}</Text>
      <Button component={Link} to="/" w="fit-content">
        {t('toJobs')}
      </Button>
    </Page>
  );
}
