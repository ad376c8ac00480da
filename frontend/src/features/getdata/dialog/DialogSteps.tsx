// The step of the flow that is on screen.
import { FailedStep } from './FailedStep';
import { allPatterns, expectedOf, permissionsOf } from './form';
import type { StepFrame } from './Frame';
import { IdentityStep } from './IdentityStep';
import { MethodStep } from './MethodStep';
import { ParametersStep } from './ParametersStep';
import { ProjectsStep } from './ProjectsStep';
import type { useConnectFlow } from './useConnectFlow';
import { WaitingStep } from './WaitingStep';

/** Width of the dialog at each step. */
export const widths = { parameters: 960, projects: 960, method: 640, waiting: 640, identity: 560, failed: 600 };

type Flow = ReturnType<typeof useConnectFlow>;

export function CurrentStep({ flow, frame, guide }: { flow: Flow; frame: StepFrame; guide?: () => void }) {
  const { attempt, form, organization, tries } = flow;
  const { goal } = frame;
  const refused = { fault: tries.begin.error, busy: tries.begin.isPending };
  switch (flow.step) {
    case 'parameters':
      return <ParametersStep frame={frame} form={form} change={flow.setForm} organization={organization} defaults={flow.defaults} next={flow.next} {...refused} />;
    case 'method':
      return (
        <MethodStep
          frame={frame}
          form={form}
          change={flow.setForm}
          organization={organization}
          defaults={flow.defaults}
          offered={flow.offered}
          account={flow.account}
          keepToken={flow.token.keep}
          back={goal.purpose === '' ? () => flow.goBack('parameters') : undefined}
          guide={guide}
          signIn={flow.signIn}
          {...refused}
        />
      );
    case 'failed':
      return <FailedStep frame={frame} fault={flow.token.fault ?? attempt?.fault ?? null} attempt={attempt} method={flow.method} solve={flow.solve} takeWay={flow.takeWay} />;
    case 'waiting':
      return attempt ? (
        <WaitingStep
          frame={frame}
          attempt={attempt}
          expect={expectedOf(goal, form, flow.account)}
          permissions={permissionsOf(form, flow.defaults)}
          takeWay={flow.takeWay}
        />
      ) : null;
    case 'identity':
      return attempt ? (
        <IdentityStep
          frame={frame}
          attempt={attempt}
          patterns={goal.patterns ?? allPatterns(form)}
          someoneElse={flow.someoneElse}
          accept={flow.take}
          solve={flow.solve}
          fault={tries.accept.error}
          busy={tries.accept.isPending}
        />
      ) : null;
    case 'projects':
      return attempt ? (
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
      ) : null;
  }
}
