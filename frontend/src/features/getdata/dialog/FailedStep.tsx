// A sign-in that was refused: its sentence, its facts, and the one button that solves it.
import { DocumentSearch20Regular } from '@fluentui/react-icons/svg/document-search';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { PersonProhibited20Regular } from '@fluentui/react-icons/svg/person-prohibited';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { ShieldLock20Regular } from '@fluentui/react-icons/svg/shield-lock';
import { WindowMultiple20Regular } from '@fluentui/react-icons/svg/window-multiple';
import type { Fault, Method } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { FaultCard } from '../../../ui/FaultCard';
import { failed as texts } from '../texts';
import { Frame, type StepFrame } from './Frame';
import { solutionOf, toneOf, type Solution } from './solutions';

const icons: Record<string, typeof Key20Regular> = {
  not_member: PersonProhibited20Regular,
  anonymous: PersonProhibited20Regular,
  wrong_person: PersonProhibited20Regular,
  identity_changed: PersonProhibited20Regular,
  sign_in_refused: PersonProhibited20Regular,
  forbidden: PersonProhibited20Regular,
  organization_missing: Search20Regular,
  no_project_matches: DocumentSearch20Regular,
  oauth_policy_off: ShieldLock20Regular,
  conditional_access: ShieldLock20Regular,
  not_signed_in: Key20Regular,
  consent_declined: Key20Regular,
  browser_closed: WindowMultiple20Regular,
  sign_in_timeout: WindowMultiple20Regular,
  no_browser: WindowMultiple20Regular,
  offline: PlugDisconnected20Regular,
  timeout: PlugDisconnected20Regular,
};

export function FailedStep({ frame, fault, method, solve }: { frame: StepFrame; fault: Fault | null; method: Method; solve: (s: Solution) => void }) {
  if (!fault) return null;
  const Icon = icons[fault.code] ?? ErrorCircle20Regular;
  const solution = solutionOf(fault, method);
  return (
    <Frame
      frame={frame}
      title={texts.title}
      submit={() => solve(solution)}
      link={<CopyButton text={detailsOf(fault)} label={texts.copy} copied={texts.copied} look="subtle" />}
      buttons={
        <>
          <Button onClick={frame.close}>{texts.close}</Button>
          <Button look="primary" type="submit" data-first-focus>
            {texts[solution]}
          </Button>
        </>
      }
    >
      <FaultCard plain fault={fault} tone={toneOf(fault.code)} icon={<Icon />} />
    </Frame>
  );
}

/** What a person sends to an administrator: the sentences and the rows, no secret. */
function detailsOf(fault: Fault): string {
  return [fault.message, fault.hint, ...fault.facts.map((f) => `${f.name}: ${f.value}`), `Code: ${fault.code}`].filter(Boolean).join('\n');
}
