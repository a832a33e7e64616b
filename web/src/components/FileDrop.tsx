import { Button, FileButton, Group, Paper, Text } from '@mantine/core';
import { type DragEvent, type ReactNode, useState } from 'react';

interface FileDropProps {
  /** What files are taken */
  readonly hint: string;
  readonly label: string;
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
  /** Fields and buttons beside the button */
  readonly children?: ReactNode;
}

/** A place to drop a file, with a button that chooses one. */
export function FileDrop({ hint, label, isBusy, onFile, children }: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  return (
    <Paper
      withBorder
      p="lg"
      style={{ borderStyle: 'dashed', borderColor: isOver ? 'var(--mantine-primary-color-filled)' : undefined }}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      <Text mb="sm">{hint}</Text>
      <Group align="end">
        <FileButton onChange={(file) => file && onFile(file)}>
          {(props) => (
            <Button {...props} loading={isBusy}>
              {label}
            </Button>
          )}
        </FileButton>
        {children}
      </Group>
    </Paper>
  );
}
