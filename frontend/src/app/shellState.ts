// What the frame shows, asked of the program once and again whenever it says that something changed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { shell } from '../backend/api';
import type { NavItem, Notifications, ShellView, Theme } from '../backend/types';

export const shellKey = ['shell'] as const;

/** Whether a load of it is running now. */
export const isMoving = (item: NavItem): boolean => item.state === 'loading' || item.state === 'partial' || item.state === 'refreshing';

/** The frame's state. While something loads it is asked every two seconds for the percent. */
export function useShellState() {
  return useQuery({
    queryKey: shellKey,
    queryFn: shell.state,
    refetchInterval: (query) => (query.state.data?.datasets.some(isMoving) ? 2000 : false),
  });
}

/** Stores the theme; the screen changes at once and the program keeps it. */
export function useThemeChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: shell.setTheme,
    onMutate: (theme: Theme) => {
      client.setQueryData<ShellView>(shellKey, (old) => (old ? { ...old, theme } : old));
    },
    onSettled: () => client.invalidateQueries({ queryKey: shellKey }),
  });
}

/** Keeps whether closing the window only hides it. */
export function useBackgroundChange() {
  const client = useQueryClient();
  return useMutation({ mutationFn: shell.setBackground, onSettled: () => client.invalidateQueries({ queryKey: shellKey }) });
}

/** Keeps what the operating system shows while nobody looks. */
export function useNotificationsChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: shell.setNotifications,
    onMutate: (notifications: Notifications) => {
      client.setQueryData<ShellView>(shellKey, (old) => (old ? { ...old, notifications } : old));
    },
    onSettled: () => client.invalidateQueries({ queryKey: shellKey }),
  });
}

export type ItemKind = 'dashboard' | 'report' | 'dataset';

/** The items of a kind. */
export function itemsOf(state: ShellView, kind: ItemKind): NavItem[] {
  return { dashboard: state.dashboards, report: state.reports, dataset: state.datasets }[kind];
}
