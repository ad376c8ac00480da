import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { HardDrive20Regular } from '@fluentui/react-icons/svg/hard-drive';
import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { PersonProhibited20Regular } from '@fluentui/react-icons/svg/person-prohibited';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';
import type { Fault } from '../../backend/types';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { FaultCard } from '../../ui/FaultCard';
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

// Trying again does not help when the account is the cause.
const wantsAnotherAccount = new Set(['not_member', 'wrong_person', 'identity_changed', 'forbidden', 'anonymous', 'oauth_policy_off', 'not_signed_in']);
const dangers = new Set(['not_member', 'wrong_person', 'identity_changed', 'forbidden', 'disk_full', 'corrupt']);

/** Why a load stopped, with the button that solves it first. */
export function LoadFault({ fault, busy, again, another }: { fault: Fault; busy?: boolean; again: () => void; another?: () => void }) {
  const Icon = icons[fault.code] ?? ErrorCircle20Regular;
  const byAccount = another !== undefined && wantsAnotherAccount.has(fault.code);
  const details = [fault.message, fault.hint, ...fault.facts.map((f) => `${f.name}: ${f.value}`)].join('\n');
  return (
    <FaultCard
      fault={fault}
      tone={dangers.has(fault.code) ? 'danger' : 'warning'}
      icon={<Icon />}
      actions={
        <>
          {byAccount && (
            <Button look="primary" onClick={another}>
              {texts.another}
            </Button>
          )}
          <Button look={byAccount ? 'secondary' : 'primary'} disabled={busy} onClick={again}>
            {texts.tryAgain}
          </Button>
          <CopyButton text={details} label={texts.copy} copied={texts.copied} />
        </>
      }
    />
  );
}
