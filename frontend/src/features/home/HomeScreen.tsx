import type { NavItem } from '../../backend/types';
import { DatasetCards } from './DatasetCards';
import { FirstRun } from './FirstRun';

/** Home: one thing to do while there is nothing yet, then the person's datasets. */
export function HomeScreen({ datasets }: { datasets: readonly NavItem[] }) {
  return datasets.length === 0 ? <FirstRun /> : <DatasetCards datasets={datasets} />;
}
