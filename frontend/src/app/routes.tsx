// Which screen a route shows. Screens of charts are fetched when they are first opened.
import { faultOf } from '../backend/call';
import type { ShellView } from '../backend/types';
import { DatasetScreen } from '../features/dataset';
import { GetDataScreen, ServicesScreen } from '../features/getdata';
import { HomeScreen } from '../features/home';
import { LoadingScreen } from '../features/loading';
import { RegistrationScreen } from '../features/registration';
import { SettingsScreen } from '../features/settings';
import { navigate, type Route } from '../ui/navigation';
import { fetched } from './fetched';
import { Ring } from '../ui/Ring';
import { ScreenBoundary } from './ScreenBoundary';
import styles from './Shell.module.css';
import { useBackgroundChange, useNotificationsChange, useThemeChange } from './shellState';
import { states } from './texts';

const [DashboardScreen, fetchDashboard] = fetched(() => import('../features/dashboard').then((m) => m.DashboardScreen), <Opening />);
const [ReportScreen, fetchReport] = fetched(() => import('../features/report').then((m) => m.ReportScreen), <Opening />);

/** Fetches the screens of charts before they are opened, so that the first one opened is not a blank page. */
export function preloadCharts(): void {
  // A chunk that cannot be fetched now is fetched, and refused in its place, when its screen is opened.
  void Promise.allSettled([fetchDashboard(), fetchReport()]);
}

export function Screen({ route, state }: { route: Route; state: ShellView }) {
  const place = 'id' in route ? `${route.screen}/${route.id}` : route.screen;
  return (
    <ScreenBoundary key={place}>
      <Chosen route={route} state={state} />
    </ScreenBoundary>
  );
}

function Opening() {
  return (
    <div className={styles.centered}>
      <Ring label={states.drawing} />
    </div>
  );
}

function Chosen({ route, state }: { route: Route; state: ShellView }) {
  switch (route.screen) {
    case 'start':
    case 'home':
      return <HomeScreen datasets={state.datasets} />;
    case 'settings':
      return <Settings state={state} />;
    case 'registration':
      return <RegistrationScreen />;
    case 'getData':
      return <GetDataScreen />;
    case 'services':
      return (
        <ServicesScreen
          connector={route.connector ?? null}
          connect={route.connect ?? false}
          // Only the dialog is a step that Back takes away; closing it must not lead Back into it.
          show={(connector, connect) => navigate(connector ? { screen: 'services', connector, connect } : { screen: 'services' }, { replace: !connect })}
          loaded={(datasetId) => navigate({ screen: 'loading', id: datasetId }, { replace: true })}
          guide={() => navigate({ screen: 'registration' })}
        />
      );
    case 'dashboard':
      return <DashboardScreen id={route.id} />;
    case 'report':
      return <ReportScreen id={route.id} pageId={route.pageId} />;
    case 'dataset':
      return <DatasetScreen id={route.id} documents={documentsOf(state, route.id)} />;
    case 'loading':
      return <LoadingScreen key={route.id} id={route.id} />;
  }
}

function Settings({ state }: { state: ShellView }) {
  const theme = useThemeChange();
  const notifications = useNotificationsChange();
  const background = useBackgroundChange();
  return (
    <SettingsScreen
      theme={state.theme}
      changeTheme={theme.mutate}
      notifications={{ which: state.notifications, change: notifications.mutate, byBrowser: state.face === 'serve' }}
      background={
        state.face === 'window'
          ? {
              on: background.isPending ? background.variables : state.background,
              working: background.isPending,
              fault: background.error ? faultOf(background.error) : null,
              change: background.mutate,
            }
          : null
      }
    />
  );
}

function documentsOf(state: ShellView, datasetId: string) {
  return {
    dashboards: state.dashboards.filter((d) => d.datasetId === datasetId),
    reports: state.reports.filter((r) => r.datasetId === datasetId),
  };
}
