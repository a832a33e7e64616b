import { Paper, SimpleGrid, Text } from '@mantine/core';

/** Main figures of a result: name and value. */
export function Figures({ figures }: { readonly figures: readonly (readonly [name: string, value: string])[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 4 }} spacing="sm" my={0}>
      {figures.map(([name, value]) => (
        <Paper key={name} withBorder p="sm">
          <Text component="dt" size="sm">
            {name}
          </Text>
          <Text component="dd" size="xl" fw={600} m={0}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
