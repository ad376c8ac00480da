import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { HardDrive20Regular } from '@fluentui/react-icons/svg/hard-drive';
import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { PersonProhibited20Regular } from '@fluentui/react-icons/svg/person-prohibited';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';
import { actionsOf, useSolving } from '../../refusals/solving';
import type { Fault } from '../../backend/types';
import { CopyButton } from '../../ui/CopyButton';
import { FaultActions } from '../../ui/FaultActions';
import { FaultCard } from '../../ui/FaultCard';
import { faultText } from '../../ui/offers';
import { texts } from './texts';

const icons: Record<string, typeof Key20Regular> = {
  disk_full: HardDrive20Regular,
  read_only: HardDrive20Regular,
  offline: PlugDisconnected20Regular,
  timeout: PlugDisconnected20Regular,
  bad_answer: PlugDisconnected20Regular,
  not_signed_in: Key20Regular,
  not_member: PersonProhibited20Regular,
  wrong_person: PersonProhibited20Regular,
  identity_changed: PersonProhibited20Regular,
};

const dangers = new Set(['not_member', 'wrong_person', 'identity_changed', 'forbidden', 'disk_full', 'corrupt']);

/** Why the load of a dataset stopped, with the button that solves it first. */
export function LoadFault({ fault, datasetId, person, busy, again }: { fault: Fault; datasetId: string; person?: string; busy?: boolean; again: () => void }) {
  const Icon = icons[fault.code] ?? ErrorCircle20Regular;
  const can = useSolving(datasetId, fault, again);
  return (
    <FaultCard
      fault={fault}
      tone={dangers.has(fault.code) ? 'danger' : 'warning'}
      icon={<Icon />}
      actions={
        <>
          <FaultActions actions={actionsOf(fault)} can={can} named={person ? { signInAgain: texts.signInAgainAs(person) } : undefined} busy={busy} />
          <CopyButton text={faultText(fault)} label={texts.copy} copied={texts.copied} />
        </>
      }
    />
  );
}
