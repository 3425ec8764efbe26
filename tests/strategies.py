"""Arbitrary facts. Few distinct times and values, so that ties and repetitions are common."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sluice.domain import facts

from tests.builders import at, make_media, make_rendition

moments: SearchStrategy[datetime] = st.integers(-5, 30).map(at)
json_values: SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "ä"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
customs: SearchStrategy[dict[str, object]] = st.dictionaries(
    st.sampled_from(["k", "l"]), json_values, max_size=2
)
names = st.sampled_from(["one", "two", "three"])

any_fact: SearchStrategy[facts.Fact] = st.one_of(
    st.builds(
        facts.ProviderLinked,
        at=moments,
        kind=st.sampled_from(["asset", "playback_public"]),
        provider_id=names,
    ),
    st.builds(facts.UploadOpened, at=moments, sealed_url=names, expires_at=moments),
    st.builds(facts.UploadRenewed, at=moments, expires_at=moments),
    st.builds(facts.CreateUnanswered, at=moments),
    st.builds(facts.StraysCancelled, at=moments),
    st.builds(facts.SourceStored, at=moments, size_bytes=st.integers(1, 3), etag=names),
    st.builds(
        facts.SourceProbed, at=moments, media=st.integers(1, 3).map(lambda n: make_media(width=n * 100))
    ),
    st.builds(facts.ProcessingStarted, at=moments, reference=st.none() | names),
    st.builds(facts.ProgressMade, at=moments, percent=st.integers(0, 100)),
    st.builds(facts.FetchProgressed, at=moments, percent=st.integers(0, 100)),
    st.builds(
        facts.RenditionReady,
        at=moments,
        rendition=st.builds(make_rendition, st.sampled_from(["480p", "720p"]), st.integers(1, 3)),
    ),
    st.builds(facts.PicturesReady, at=moments, poster=st.none() | names, storyboard=st.none() | names),
    st.builds(facts.PlaybackReady, at=moments),
    st.builds(facts.LadderCompleted, at=moments),
    st.builds(facts.Failed, at=moments, code=names, message=st.just("It went wrong.")),
    st.builds(
        facts.DetailsEdited,
        at=moments,
        title=st.none() | names,
        visibility=st.none() | st.sampled_from(["private", "public"]),
        custom=st.none() | customs,
    ),
    st.builds(facts.SecretKeySet, at=moments, key_hash=st.just("") | names),
)
deletions = st.builds(facts.DeletionRequested, at=moments)
fact_logs = st.lists(any_fact | deletions, max_size=12)
living_logs = st.lists(any_fact, max_size=12)
