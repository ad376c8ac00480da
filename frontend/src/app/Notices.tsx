// The notice in the corner when a load ends while the person looks at something else.
import { Link, Toast, ToastBody, Toaster, ToastFooter, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';
import { useId } from 'react';
import type { ProgressView } from '../backend/types';
import { Button } from '../ui/Button';
import { href, parseRoute, type Route } from '../ui/navigation';
import { useNotifications } from './notifications';
import { useProgramEvents } from './programEvents';
import { notices as texts } from './texts';

export function Notices() {
  const toasterId = useId();
  const { dispatchToast } = useToastController(toasterId);
  useNotifications();
  useProgramEvents((progress) => {
    const here = parseRoute(window.location.hash);
    if (here.screen === 'loading' && here.id === progress.datasetId) return;
    if (progress.state === 'canceled') return;
    const ok = progress.state === 'succeeded';
    dispatchToast(<LoadNotice progress={progress} ok={ok} />, { intent: ok ? 'success' : 'warning', timeout: ok ? 8000 : -1 });
  });
  return <Toaster toasterId={toasterId} position="bottom-end" />;
}

function LoadNotice({ progress, ok }: { progress: ProgressView; ok: boolean }) {
  const target: Route = ok && progress.dashboardId ? { screen: 'dashboard', id: progress.dashboardId } : { screen: 'loading', id: progress.datasetId };
  return (
    <Toast>
      <ToastTitle
        action={
          <ToastTrigger>
            <Button look="subtle" size="small" icon={<Dismiss16Regular />} aria-label={texts.dismiss} />
          </ToastTrigger>
        }
      >
        {ok ? texts.loaded(progress.name) : texts.failed(progress.name)}
      </ToastTitle>
      <ToastBody>{ok ? texts.loadedHint : progress.fault?.message}</ToastBody>
      <ToastFooter>
        <Link href={href(target)}>{ok ? texts.openDashboard : texts.seeWhy}</Link>
      </ToastFooter>
    </Toast>
  );
}
