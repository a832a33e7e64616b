/** The habit for acts that can be undone: they are done at once, and a notice undoes them for 10 s. All others ask: `Confirm`. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Fault } from './Fault.tsx';

const UNDO_MS = 10_000;

interface Done {
  readonly key: number;
  /** What was done, with the name of the thing */
  readonly text: string;
  readonly undo: () => unknown;
}

const UndoContext = createContext<(text: string, undo: Done['undo']) => void>(() => undefined);

/** Returns a function that says what was done, and offers to undo it. */
export const useUndo = () => useContext(UndoContext);

export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Done[]>([]);
  const last = useRef(0);
  const tell = useCallback((text: string, undo: Done['undo']): void => {
    const key = ++last.current;
    setNotices((before) => [...before, { key, text, undo }]);
  }, []);
  return (
    <UndoContext value={tell}>
      {children}
      {/* The region is there before its first notice: only then do screen readers read it. */}
      <Stack role="status" pos="fixed" bottom={16} left={16} right={16} align="center" gap="xs" style={FLOATING}>
        {notices.map((done) => (
          <Notice
            key={done.key}
            done={done}
            onGone={() => setNotices((before) => before.filter(({ key }) => key !== done.key))}
          />
        ))}
      </Stack>
    </UndoContext>
  );
}

/** Empties a form whose draft has changes; what it had comes back by undo. */
export function ClearForm<Draft>({
  draft,
  initial,
  setDraft,
}: {
  readonly draft: Draft;
  readonly initial: Draft;
  readonly setDraft: (change: () => Draft) => void;
}) {
  const t = useTranslations('common');
  const undoable = useUndo();
  const clear = (): void => {
    setDraft(() => initial);
    undoable(t('cleared'), () => setDraft(() => draft));
  };
  return (
    <Button variant="default" onClick={clear} disabled={JSON.stringify(draft) === JSON.stringify(initial)}>
      {t('clear')}
    </Button>
  );
}

const FLOATING = { zIndex: 400, pointerEvents: 'none' } as const;

function Notice({ done: { text, undo }, onGone }: { readonly done: Done; readonly onGone: () => void }) {
  const t = useTranslations('common');
  const act = useMutation({ mutationFn: async () => await undo(), onSuccess: onGone });
  // A notice stays while somebody points at it, has it in focus, or waits for its answer.
  const [isHeld, setIsHeld] = useState(false);
  const stays = isHeld || !act.isIdle;
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => gone.current(), UNDO_MS);
    return () => clearTimeout(timer);
  }, [stays]);
  return (
    <Paper
      withBorder
      shadow="md"
      p="xs"
      style={{ pointerEvents: 'auto' }}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Group gap="sm">
        <Text size="sm">{text}</Text>
        <Button size="compact-sm" variant="default" onClick={() => act.mutate()} loading={act.isPending}>
          {t('undo')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onGone}>
          {t('close')}
        </Button>
      </Group>
      {act.isError && <Fault error={act.error} />}
    </Paper>
  );
}
