import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Fault } from './Fault.tsx';

interface ConfirmProps {
  /** What the button and its question's button say */
  readonly label: string;
  /** The question, which names the thing */
  readonly title: string;
  /** What follows */
  readonly text: string;
  readonly keep?: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly isSmall?: boolean;
}

/** A button for what cannot be undone: it asks first. What can be undone is done at once: `useUndo`. */
export function Confirm({ label, title, text, keep, onConfirm, isSmall }: ConfirmProps) {
  const t = useTranslations('common');
  const [isAsking, { open, close }] = useDisclosure();
  const act = useMutation({ mutationFn: onConfirm, onSuccess: close });
  const stay = keep ?? t('keep');
  return (
    <>
      <Button variant="default" size={isSmall ? 'compact-sm' : undefined} w="fit-content" onClick={open}>
        {label}
      </Button>
      <Modal opened={isAsking} onClose={close} title={title} closeButtonProps={{ 'aria-label': stay }}>
        <Stack>
          <Text size="sm">{text}</Text>
          {act.isError && <Fault error={act.error} />}
          <Group>
            <Button color="red" onClick={() => act.mutate()} loading={act.isPending}>
              {label}
            </Button>
            <Button variant="default" onClick={close}>
              {stay}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
