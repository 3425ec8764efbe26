"""ffmpeg and ffprobe on files that anybody may have sent: fenced in, limited, cleaned up after."""
