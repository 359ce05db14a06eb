import type { LibraryContract } from '../../stores/contracts';

/** The two hidden file inputs live in the shell, so that every screen can open them. */
class ImportPicker {
  files = $state.raw<HTMLInputElement | null>(null);
  folder = $state.raw<HTMLInputElement | null>(null);

  openFiles(): void {
    this.files?.click();
  }

  /** The browser's folder picker where there is one, else the old folder input. */
  openFolder(library: LibraryContract): void {
    if (library.canPickFolder) void library.importFolder();
    else this.folder?.click();
  }
}

export const importPicker = new ImportPicker();
