namespace Zoo.Runtime;

/// <summary>Unwinds the workers that wait for one that failed. Never leaves the team: the caller gets the failure itself.</summary>
sealed class BrokenBarrierException() : Exception("Another worker of the team failed.");
