// The connector's dialog: parameters, sign in, confirm, load. One object leads through all of it, so
// that closing it anywhere ends whatever it began.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { getData } from '../../../backend/api';
import { Modal } from '../../../ui/Modal';
import { useSettled } from '../../../ui/useSettled';
import type { Connector } from '../connectors';
import { stepOf, trailIndex, type Stage } from './flow';
import { allPatterns, emptyForm, requestOf, type Form } from './form';
import { FailedStep } from './FailedStep';
import { IdentityStep } from './IdentityStep';
import { MethodStep } from './MethodStep';
import { ParametersStep } from './ParametersStep';
import { ProjectsStep } from './ProjectsStep';
import type { StepFrame } from './Frame';
import type { Solution } from './solutions';
import { useAttempt, useTokenHandOver } from './useAttempt';
import { WaitingStep } from './WaitingStep';
import styles from './dialog.module.css';

export interface ConnectDialogProps {
  connector: Connector;
  close: () => void;
  loaded: (datasetId: string) => void;
}

const widths = { parameters: 960, projects: 960, method: 640, waiting: 640, identity: 560, failed: 560 };

export function ConnectDialog({ connector, close, loaded }: ConnectDialogProps) {
  const [form, setForm] = useState<Form>(() => emptyForm(connector));
  const [stage, setStage] = useState<Stage>('parameters');
  const [accepted, setAccepted] = useState<{ anyway: boolean } | null>(null);
  const token = useRef('');
  const tries = useAttempt();
  const { attempt } = tries;
  const notHandedOver = useTokenHandOver(attempt, token);
  const organization = useOrganization(connector.sample ? '' : form.organization);
  const step = notHandedOver ? 'failed' : stepOf({ stage, attempt, accepted: accepted !== null });
  const titleId = useId();
  const { data: defaults } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });

  const datasetId = attempt?.phase === 'accepted' ? attempt.datasetId : '';
  useEffect(() => {
    if (datasetId) loaded(datasetId);
  }, [datasetId, loaded]);

  const leave = () => {
    if (attempt?.phase !== 'storing' && attempt?.phase !== 'accepted') tries.end();
    close();
  };
  const goBack = (to: Stage) => {
    tries.end();
    setAccepted(null);
    setStage(to);
  };
  const begin = () =>
    tries.begin.mutate(requestOf(connector, form, organization, defaults?.clientId ?? ''), {
      onSuccess: () => {
        setAccepted(null);
        setStage('attempt');
      },
    });
  const someoneElse = () => {
    if (!attempt) return;
    setAccepted(null);
    if (attempt.identity?.kind === 'token' || form.method === 'token') goBack('method');
    else tries.signInAgain.mutate(attempt.id);
  };
  const solve = (solution: Solution) => {
    if (solution === 'name' || solution === 'start' || solution === 'projects') return goBack('parameters');
    if (solution === 'otherToken') return goBack('method');
    if (solution === 'token') {
      setForm({ ...form, method: 'token' });
      return goBack('method');
    }
    return form.method === 'token' && !connector.sample ? goBack('method') : someoneElse();
  };
  const frame: StepFrame = { titleId, connector, at: trailIndex(step), close: leave };
  return (
    <Modal titleId={titleId} width={widths[step]} className={styles.surface} step={step} close={leave}>
      {step === 'parameters' && (
        <ParametersStep
          frame={frame}
          form={form}
          change={setForm}
          organization={organization}
          fault={tries.begin.error}
          busy={tries.begin.isPending}
          next={connector.source === 'sample' ? begin : () => setStage('method')}
        />
      )}
      {step === 'method' && (
        <MethodStep
          frame={frame}
          form={form}
          change={setForm}
          organization={organization}
          defaults={defaults}
          token={token}
          fault={tries.begin.error}
          busy={tries.begin.isPending}
          back={() => goBack('parameters')}
          signIn={begin}
        />
      )}
      {step === 'waiting' && attempt && <WaitingStep frame={frame} attempt={attempt} expect={form.expect.trim()} another={() => goBack('method')} />}
      {step === 'identity' && attempt && (
        <IdentityStep frame={frame} attempt={attempt} patterns={allPatterns(form)} someoneElse={someoneElse} accept={(anyway) => setAccepted({ anyway })} />
      )}
      {step === 'projects' && attempt && (
        <ProjectsStep
          frame={frame}
          attempt={attempt}
          form={form}
          change={setForm}
          match={(patterns) => tries.changePatterns.mutate({ of: attempt.id, patterns })}
          someoneElse={someoneElse}
          fault={tries.accept.error}
          busy={tries.accept.isPending}
          load={() => tries.accept.mutate({ of: attempt.id, anyway: accepted?.anyway ?? false })}
        />
      )}
      {step === 'failed' && (
        <FailedStep frame={frame} fault={notHandedOver ?? attempt?.fault ?? null} method={connector.source === 'sample' ? 'none' : form.method} solve={solve} />
      )}
    </Modal>
  );
}

// How the program understands the typed organization; nothing while it is empty.
function useOrganization(text: string) {
  const typed = useSettled(text.trim(), 200);
  const { data } = useQuery({ queryKey: ['organizationCheck', typed], queryFn: () => getData.checkOrganization(typed), enabled: typed !== '' });
  return typed === text.trim() && typed !== '' ? data : undefined;
}
