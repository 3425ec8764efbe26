"""Examples of the main requests and answers, by their contracts' names."""

from typing import Any

_ID = "vid_019a2b4c-5d6e-7f80-9a1b-2c3d4e5f6071"
_API = "https://api.example.com/api/videos/" + _ID
_BUCKET = "https://media.s3.eu-central-1.amazonaws.com/"
_SIGNED = "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=3f5a9c"
_UPLOAD_URL = f"{_BUCKET}uploads/alice/{_ID}/source{_SIGNED}"
_EXPIRES = "2026-03-01T13:00:00.000Z"
_PLAYBACK_URL = f"{_API}/hls/index.m3u8?token=eyJhbGciOiJIUzI1NiJ9"
_THUMBNAIL_URL = f"{_BUCKET}videos/{_ID}/poster.jpg{_SIGNED}"
_STORYBOARD_URL = f"{_API}/storyboard.vtt?token=eyJhbGciOiJIUzI1NiJ9"

_VIDEO: dict[str, Any] = {
    "videoId": _ID,
    "title": "Harbour at dawn",
    "filename": "harbour.mp4",
    "status": "ready",
    "progress": 100,
    "provider": "s3",
    "visibility": "private",
    "playbackUrl": _PLAYBACK_URL,
    "thumbnailUrl": _THUMBNAIL_URL,
    "storyboardUrl": _STORYBOARD_URL,
    "duration": 12.5,
    "metadata": {
        "duration": 12.5,
        "size": 7340032,
        "format": "mp4",
        "width": 1920,
        "height": 1080,
        "bitrate": 4697620,
        "codec": "h264",
        "frameRate": 30.0,
        "hasAudio": True,
        "renditions": [{"name": "1080p", "width": 1920, "height": 1080, "bitrate": 4500000}],
    },
    "custom": {"album": "north"},
    "error": None,
    "createdAt": "2026-03-01T12:00:00.000Z",
    "updatedAt": "2026-03-01T12:00:41.250Z",
    "processedAt": "2026-03-01T12:00:09.870Z",
}

_POST_ID = "post_019a2b4c-5d6e-7f80-9a1b-2c3d4e5f6071"
_COMMUNITY_ID = "community_019a2b4c-5d6e-7f80-9a1b-2c3d4e5f6071"
_AUTHOR = {"id": "alice", "name": "Alice", "username": "alice", "avatar": None, "verified": False}
_STANDING = {"likes": 2, "comments": 1, "shares": 0, "views": 17, "isLiked": True, "isSaved": False}
_POST: dict[str, Any] = {
    "id": _POST_ID,
    "content": "Harbour at dawn, before the boats.",
    "type": "video",
    "author": _AUTHOR,
    "media": {
        "type": "video",
        "videoId": _ID,
        "url": _PLAYBACK_URL,
        "thumbnail": _THUMBNAIL_URL,
        "duration": 12.5,
    },
    "community": {"id": _COMMUNITY_ID, "name": "Harbours"},
    "timestamp": "2026-03-01T12:05:00.000Z",
    **_STANDING,
}
_COMMENT: dict[str, Any] = {
    "id": "comment_019a2b4c-5d6e-7f80-9a1b-2c3d4e5f6071",
    "content": "Which harbour is it?",
    "author": _AUTHOR,
    "timestamp": "2026-03-01T12:06:00.000Z",
}
_POSTS: dict[str, dict[str, Any]] = {
    "PostRequest": {"content": "Harbour at dawn, before the boats.", "videoId": _ID, "type": "video"},
    "PostAnswer": _POST,
    "FeedAnswer": {"posts": [_POST], "nextCursor": None},
    "StandingAnswer": _STANDING,
    "CommentRequest": {"content": "Which harbour is it?"},
    "CommentAnswer": _COMMENT,
    "CommentsAnswer": {"comments": [_COMMENT], "nextCursor": None},
    "CommunityRequest": {"name": "Harbours"},
    "CommunityAnswer": {"id": _COMMUNITY_ID, "name": "Harbours", "createdAt": "2026-03-01T12:00:00.000Z"},
}

EXAMPLES: dict[str, dict[str, Any]] = {
    **_POSTS,
    "UploadRequest": {
        "filename": "harbour.mp4",
        "fileSize": 7340032,
        "mimeType": "video/mp4",
        "title": "Harbour at dawn",
        "metadata": {"album": "north"},
        "visibility": "private",
    },
    "UploadAnswer": {
        "videoId": _ID,
        "uploadUrl": _UPLOAD_URL,
        "provider": "s3",
        "expiresAt": _EXPIRES,
        "upload": {"protocol": "put", "method": "PUT", "headers": {"content-type": "video/mp4"}},
    },
    "ImportRequest": {"videoUrl": "https://example.com/films/harbour.mp4", "title": "Harbour at dawn"},
    "ImportAnswer": {
        **_VIDEO,
        "status": "processing",
        "progress": 0,
        "playbackUrl": None,
        "thumbnailUrl": None,
        "storyboardUrl": None,
        "duration": None,
        "metadata": {**dict.fromkeys(_VIDEO["metadata"]), "renditions": []},
        "custom": {},
        "processedAt": None,
        "secretKey": "1m0nQ8c2b0hYvYw7l9sX3kq5rJt6uVz4aBcDeFgHiJk",
    },
    "PartsRequest": {"partNumbers": [1, 2, 3]},
    "CompleteRequest": {"parts": [{"partNumber": 1, "etag": '"9b2cf535f27731c974343645a3985328"'}]},
    "VideoAnswer": _VIDEO,
    "VideosAnswer": {
        "videos": [_VIDEO],
        "totalCount": 1,
        "readyCount": 1,
        "processingCount": 0,
        "failedCount": 0,
        "nextCursor": None,
    },
    "StatusAnswer": {
        "videoId": _ID,
        "status": "processing",
        "progress": 40,
        "playbackUrl": None,
        "thumbnailUrl": None,
        "duration": 12.5,
        "provider": "s3",
        "error": None,
    },
    "OldStatusRequest": {"videoId": _ID, "status": "ready", "metadata": {"duration": 12.5, "format": "mp4"}},
    "OldDeleteRequest": {"videoId": _ID},
    "OldGalleryEnvelope": {
        "success": True,
        "message": "Video gallery retrieved successfully",
        "data": {
            "videos": [{**_VIDEO, "downloadUrl": _UPLOAD_URL}],
            "totalCount": 1,
            "readyCount": 1,
            "processingCount": 0,
            "failedCount": 0,
            "nextCursor": None,
        },
    },
    "EditRequest": {"title": "Harbour at dusk", "visibility": "public"},
    "TokenRequest": {"ttlSeconds": 600},
    "GrantAnswer": {
        "token": "eyJhbGciOiJIUzI1NiJ9",
        "tokens": {
            "playback": "eyJhbGciOiJIUzI1NiJ9",
            "thumbnail": "eyJhbGciOiJIUzI1NiK0",
            "storyboard": "eyJhbGciOiJIUzI1NiL1",
        },
        "playbackUrl": _PLAYBACK_URL,
        "thumbnailUrl": _THUMBNAIL_URL,
        "storyboardUrl": _STORYBOARD_URL,
        "expiresAt": _EXPIRES,
        "viewToken": "a3Jx0m7Vn2uQf9sKaZ5m0x8Yt1c4b6d2e7g9h3j5k1",
    },
    "SecretKeyAnswer": {"secretKey": "mJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9-k3yS_Qw"},
    "BeaconEvent": {
        "eventType": "play",
        "sessionId": "session_1772366400000_k3j9x2m4q",
        "videoId": _ID,
        "userId": "bob",
        "timestamp": 1772366400900,
        "data": {"currentTime": 0, "duration": 12.5, "totalPlayTime": 0, "startupTime": 840},
    },
    "CmcdReport": {"cmcd": f'bs,cid="{_ID}",ot=v,sid="6e2fb550"', "timestamp": 1772366403000},
    "BeaconsAnswer": {
        "success": True,
        "accepted": 1,
        "rejected": [{"index": 1, "problem": "timestamp: lies in the future"}],
    },
    "HealthAnswer": {
        "status": "ok",
        "version": "0.1.0",
        "provider": "s3",
        "providers": ["s3", "mux"],
        "checks": {"configuration": "ok", "table": "ok"},
    },
    "GenerationRequest": {
        "hook": "Three things that every first-time buyer gets wrong",
        "body": "The rate is not the price. The survey is not optional. The date can move.",
        "conclusion": "Ask us before you sign.",
        "company_name": "Harbour Homes",
        "avatar": "Ada",
    },
    "GeneratingAnswer": {
        "generationId": "gen_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17",
        "status": "processing",
        "estimatedTime": 15,
        "message": "Your video is being generated. This process typically takes 15 minutes.",
    },
    "EndpointRequest": {
        "url": "https://example.com/hooks/sluice",
        "events": ["video.ready", "video.error"],
    },
    "DeliveriesAnswer": {
        "deliveries": [
            {
                "deliveryId": "msg_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17",
                "eventType": "video.ready",
                "status": "delivered",
                "attempts": [
                    {"at": "2026-03-01T12:00:10.000Z", "status": 503, "problem": None, "tookMs": 48},
                    {"at": "2026-03-01T12:00:15.210Z", "status": 204, "problem": None, "tookMs": 31},
                ],
                "nextAttemptAt": None,
                "createdAt": "2026-03-01T12:00:09.870Z",
            }
        ],
        "nextCursor": None,
    },
    "ErrorBody": {
        "error": "Some fields are not valid.",
        "code": "invalid_fields",
        "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
        "details": [{"field": "fileSize", "problem": "must be at least 1 byte"}],
    },
}
