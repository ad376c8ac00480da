import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import type { Fault } from '../backend/types';
import { Banner } from '../ui/Banner';
import { FaultActions } from '../ui/FaultActions';
import { actionsOf, useSolving } from './solving';

/** Why a refresh of what is on screen could not begin, with what solves it. */
export function RefusalBanner({ datasetId, fault, again }: { datasetId: string; fault: Fault; again: () => void }) {
  const can = useSolving(datasetId, fault, again);
  return (
    <Banner label="Refresh refused" icon={<Warning20Regular aria-hidden="true" />} actions={<FaultActions size="small" actions={actionsOf(fault)} can={can} />}>
      <span role="alert">{[fault.message, fault.hint].filter(Boolean).join(' ')}</span>
    </Banner>
  );
}
