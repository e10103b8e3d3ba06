namespace Dwapi.ActorRuntime.Tests.Streams;

public interface IListenerGrain : IGrainWithStringKey
{
    /// <summary>Subscribes to the stream of its own key; notes each event and sets KEY/TEXT.</summary>
    Task Subscribe();

    Task Unsubscribe();

    Task<int> Subscriptions();

    Task Publish(string text);
}
