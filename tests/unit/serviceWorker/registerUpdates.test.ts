import { beforeEach, expect, test, vi } from 'vitest';
import { codeOf } from '../../../src/core/errors';
import { registerServiceWorker, type PageEnvironment } from '../../../src/serviceWorker/registerUpdates';

class FakeWorker extends EventTarget {
  state = 'installing';
  readonly messages: unknown[] = [];
  postMessage(message: unknown): void {
    this.messages.push(message);
  }
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  readonly registration = Object.assign(new EventTarget(), { waiting: null as FakeWorker | null, installing: null as FakeWorker | null });
  refuses = false;
  register(): Promise<unknown> {
    return this.refuses ? Promise.reject(new TypeError('refused')) : Promise.resolve(this.registration);
  }
  find(): FakeWorker {
    const worker = new FakeWorker();
    this.registration.installing = worker;
    this.registration.dispatchEvent(new Event('updatefound'));
    return worker;
  }
}

let container: FakeContainer;
let reload: ReturnType<typeof vi.fn<() => void>>;
let onUpdateReady: ReturnType<typeof vi.fn<(apply: () => void) => void>>;

const register = (): Promise<void> =>
  registerServiceWorker(
    { onUpdateReady },
    { container: container as unknown as PageEnvironment['container'], scriptUrl: new URL('https://a.test/serviceWorker.js'), reload },
  );

beforeEach(() => {
  vi.stubEnv('DEV', false);
  container = new FakeContainer();
  reload = vi.fn();
  onUpdateReady = vi.fn();
});

test('the first installation neither announces nor reloads', async () => {
  await register();
  container.find().become('installed');
  container.dispatchEvent(new Event('controllerchange'));
  expect(onUpdateReady).not.toHaveBeenCalled();
  expect(reload).not.toHaveBeenCalled();
});

test('a new version is announced once it is stored, and starts only when applied', async () => {
  container.controller = new FakeWorker();
  await register();
  const next = container.find();
  expect(onUpdateReady).not.toHaveBeenCalled();
  next.become('installed');
  expect(next.messages).toEqual([]);
  onUpdateReady.mock.calls[0]?.[0]();
  expect(next.messages).toEqual([{ type: 'apply-update' }]);
  container.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledOnce();
});

test('a version that waited since the last visit is announced at once', async () => {
  container.controller = new FakeWorker();
  container.registration.waiting = new FakeWorker();
  await register();
  expect(onUpdateReady).toHaveBeenCalledOnce();
});

test('an update in the very session of the first installation still reloads', async () => {
  await register();
  container.dispatchEvent(new Event('controllerchange'));
  container.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledOnce();
});

test('a refusal is an error with a sentence', async () => {
  container.refuses = true;
  expect(await register().then(() => null, codeOf)).toBe('storage/unavailable');
});

test('browsers without service workers go on without', async () => {
  const page: PageEnvironment = { container: undefined, scriptUrl: new URL('https://a.test/'), reload };
  await expect(registerServiceWorker({ onUpdateReady }, page)).resolves.toBeUndefined();
});
