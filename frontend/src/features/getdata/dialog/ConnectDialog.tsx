// The connector's dialog: parameters, sign in, confirm, load. One dialog leads through all of it, so that
// closing it anywhere ends whatever it began.
import { useId } from 'react';
import { Modal } from '../../../ui/Modal';
import type { Connector } from '../connectors';
import styles from './dialog.module.css';
import { FailedStep } from './FailedStep';
import { trailIndex } from './flow';
import { allPatterns, permissionsOf } from './form';
import type { StepFrame } from './Frame';
import { IdentityStep } from './IdentityStep';
import { MethodStep } from './MethodStep';
import { ParametersStep } from './ParametersStep';
import { ProjectsStep } from './ProjectsStep';
import { useConnectFlow } from './useConnectFlow';
import { WaitingStep } from './WaitingStep';

export interface ConnectDialogProps {
  connector: Connector;
  close: () => void;
  loaded: (datasetId: string) => void;
}

const widths = { parameters: 960, projects: 960, method: 640, waiting: 640, identity: 560, failed: 560 };

export function ConnectDialog({ connector, close, loaded }: ConnectDialogProps) {
  const titleId = useId();
  const flow = useConnectFlow(connector, close, loaded);
  const frame: StepFrame = { titleId, connector, at: trailIndex(flow.step), close: flow.leave };
  return (
    <Modal titleId={titleId} width={widths[flow.step]} className={styles.surface} step={flow.step} close={flow.leave}>
      <CurrentStep flow={flow} frame={frame} />
    </Modal>
  );
}

function CurrentStep({ flow, frame }: { flow: ReturnType<typeof useConnectFlow>; frame: StepFrame }) {
  const { attempt, form, organization, tries } = flow;
  const refused = { fault: tries.begin.error, busy: tries.begin.isPending };
  if (flow.step === 'parameters') {
    return <ParametersStep frame={frame} form={form} change={flow.setForm} organization={organization} defaults={flow.defaults} next={flow.next} {...refused} />;
  }
  if (flow.step === 'method') {
    return (
      <MethodStep
        frame={frame}
        form={form}
        change={flow.setForm}
        organization={organization}
        defaults={flow.defaults}
        keepToken={flow.token.keep}
        back={() => flow.goBack('parameters')}
        signIn={flow.begin}
        {...refused}
      />
    );
  }
  if (flow.step === 'failed') {
    const method = frame.connector.source === 'sample' ? 'none' : frame.connector.sample ? 'oauth' : form.method;
    return <FailedStep frame={frame} fault={flow.token.fault ?? attempt?.fault ?? null} method={method} solve={flow.solve} />;
  }
  if (!attempt) return null;
  switch (flow.step) {
    case 'waiting':
      return (
        <WaitingStep
          frame={frame}
          attempt={attempt}
          expect={form.expect.trim()}
          permissions={permissionsOf(form, flow.defaults)}
          another={() => flow.goBack('method')}
        />
      );
    case 'identity':
      return <IdentityStep frame={frame} attempt={attempt} patterns={allPatterns(form)} someoneElse={flow.someoneElse} accept={flow.take} />;
    case 'projects':
      return (
        <ProjectsStep
          frame={frame}
          attempt={attempt}
          form={form}
          change={flow.setForm}
          match={(patterns) => tries.changePatterns.mutate({ of: attempt.id, patterns })}
          someoneElse={flow.someoneElse}
          fault={tries.accept.error}
          busy={tries.accept.isPending}
          load={flow.load}
        />
      );
  }
}
