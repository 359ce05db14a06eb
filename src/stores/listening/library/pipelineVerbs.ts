import type { LibraryPipeline } from '../../../library/pipeline/libraryPipeline';

/** What the library store asks of the pipeline. */
export type Pipeline = Pick<
  LibraryPipeline,
  | 'start'
  | 'importHandle'
  | 'importFiles'
  | 'importDrop'
  | 'allowFolder'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'clearFailures'
  | 'retryAll'
  | 'prioritise'
  | 'exportAnalyses'
  | 'importAnalyses'
  | 'remove'
  | 'addDemo'
  | 'removeDemo'
  | 'stop'
>;

/** Of browsers that have one. */
export type FolderPicker = {
  showDirectoryPicker?: (options: { readonly id: string; readonly mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
};
