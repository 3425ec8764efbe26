"""ffmpeg and ffprobe, let loose on files that anybody may have sent: fenced in, limited, and cleaned up after."""
