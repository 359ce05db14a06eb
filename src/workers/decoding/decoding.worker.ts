import { decodeBlocks } from '../../library/decode';
import { serve, type Port } from '../../rpc/rpc';
import { createDecodingHandlers } from './decodingHandlers';

serve(self as unknown as Port, createDecodingHandlers(decodeBlocks));
