import { spawn } from 'node:child_process';
import { type DevServerOptions, devServerCommand } from '../../temporal/embedded/dev-server.ts';

/** Starts the server as a process group of its own; its output goes to `log`. */
export const startDevServer = (options: Omit<DevServerOptions, 'fairness'> & { log: 'ignore' | number }) => {
  const [command, args] = devServerCommand({ ...options, fairness: true });
  return spawn(command, args, { stdio: ['ignore', options.log, options.log], detached: true });
};
