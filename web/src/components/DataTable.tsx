import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface DataTableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** Rows, whose order does not change while they are shown; a row that comes or goes needs `keys` */
  readonly rows: readonly (readonly ReactNode[])[];
  readonly keys?: readonly string[];
  /** Narrower windows scroll the table [px] */
  readonly minWidth?: number;
  readonly maxHeight?: number;
  /** Whether the first cell of a row names the row */
  readonly hasRowHeads?: boolean;
}

/** A table of a list or of the numbers of a chart. */
export function DataTable({ label, head, rows, keys, minWidth = 560, maxHeight, hasRowHeads }: DataTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth} maxHeight={maxHeight}>
      <Table highlightOnHover aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, row) => (
            <Table.Tr key={keys?.[row] ?? row}>
              {cells.map((cell, column) =>
                hasRowHeads && column === 0 ? (
                  <Table.Th key={head[column]} scope="row">
                    {cell}
                  </Table.Th>
                ) : (
                  <Table.Td key={head[column]}>{cell}</Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
