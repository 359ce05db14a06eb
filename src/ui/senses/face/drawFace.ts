import type { FaceGeometry } from '../../../stores/contracts';

/** Draws the found face over a picture of the same size: dashed box, then one dot per landmark. Clears what was there. */
export function drawFace(context: CanvasRenderingContext2D, { width, height, box, landmarks }: FaceGeometry): void {
  context.clearRect(0, 0, width, height);
  const unit = width / 160;
  if (box) {
    context.strokeStyle = 'rgb(255 255 255 / 0.9)';
    context.lineWidth = 1.2 * unit;
    context.setLineDash([5 * unit, 4 * unit]);
    context.strokeRect(box.x, box.y, box.width, box.height);
  }
  context.fillStyle = 'rgb(255 255 255 / 0.8)';
  const size = (landmarks.length > 100 ? 0.8 : 2.4) * unit;
  for (let i = 0; i + 1 < landmarks.length; i += 2) {
    context.fillRect((landmarks[i] ?? 0) - size / 2, (landmarks[i + 1] ?? 0) - size / 2, size, size);
  }
}
